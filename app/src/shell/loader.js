import load, { hydrate } from '{script}';
await load({ module_or_path: '{wasm}' });
// What was changed before the page came alive. Taking it over puts fields back to what the server
// drew; so these changes are made again, as if by hand.
const early = [...document.querySelectorAll('input, select, textarea')].filter((field) =>
  field.type === 'radio' ? field.checked && !field.defaultChecked
  : field.type === 'checkbox' ? field.checked !== field.defaultChecked
  : field.options ? !field.selectedOptions[0]?.defaultSelected && field.querySelector('[selected]')
  : field.value !== field.defaultValue
).map((field) => [field, field.value, field.checked]);
// What chooses the environment draws the form anew, so it comes last.
early.sort(([a], [b]) => (a.type === 'radio') - (b.type === 'radio'));
hydrate();
// What follows an edit listens from the next task on.
await new Promise((listening) => setTimeout(listening));
document.documentElement.dataset.live = '';
for (const [field, value, checked] of early) {
  field.value = value;
  field.checked = checked;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
