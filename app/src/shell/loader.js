// The page is complete as it comes: it is painted first, and what makes it live is fetched behind
// that. A page in the background is not painted.
await new Promise((painted) => {
  if (document.hidden) painted();
  requestAnimationFrame(() => setTimeout(painted));
});
const wasm = fetch('{wasm}');
const chart = fetch('{chart}');
const { default: load, hydrate } = await import('{script}');
await load({ module_or_path: wasm });
const data = await chart;
if (!data.ok) {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') location.reload();
  throw new Error('the chart has changed since the page was made');
}
const text = await data.text();
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
hydrate(text);
// What follows an edit listens from the next task on.
await new Promise((listening) => setTimeout(listening));
document.documentElement.dataset.live = '';
for (const [field, value, checked] of early) {
  field.value = value;
  field.checked = checked;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
