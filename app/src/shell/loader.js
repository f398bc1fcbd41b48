// The page is complete as it comes: it is painted first, and what makes it live is fetched behind
// that. A page in the background is not painted.
await new Promise((painted) => {
  if (document.hidden) painted();
  requestAnimationFrame(() => setTimeout(painted));
});
// Compiled beside the page: what streams is read in its own thread, for a long moment on a phone.
const wasm = fetch('{wasm}').then((got) => got.arrayBuffer()).then((it) => WebAssembly.compile(it));
const chart = fetch('{chart}');
const page = await import('{script}');
await page.default({ module_or_path: wasm });
const data = await chart;
if (!data.ok) {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') location.reload();
  throw new Error('the chart has changed since the page was made');
}
const lines = new Uint8Array(await data.arrayBuffer());
const task = () => new Promise((now) => setTimeout(now));
const breath = () => globalThis.scheduler?.yield?.() ?? task();
await task();
page.read(lines);
while (page.next()) await breath();

// What is changed before its part of the page (`components/later.rs`) is taken over. That puts
// fields back to what the server drew; so these changes are made again, as if by hand.
const early = new Map();
const gather = (within) => {
  for (const field of document.querySelectorAll(`${within} :is(input, select, textarea)`)) {
    const changed =
      field.type === 'radio' ? field.checked && !field.defaultChecked
      : field.type === 'checkbox' ? field.checked !== field.defaultChecked
      : field.options ? !field.selectedOptions[0]?.defaultSelected && field.querySelector('[selected]')
      : field.value !== field.defaultValue;
    if (changed) early.set(field, [field.value, field.checked]);
  }
};
const restore = (field) => [field.value, field.checked] = early.get(field);
const again = () => {
  // What chooses the environment draws the form anew, so it comes last.
  const fields = [...early.keys()].sort((a, b) => (a.type === 'radio') - (b.type === 'radio'));
  for (const field of fields) {
    restore(field);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  early.clear();
};

// Whoever acts before all parts are through has the rest of them first: the page is alive when it
// hears what was done, and the field is as it was left.
let through = false;
const finish = ({ target }) => {
  if (through) return;
  through = true;
  gather('[data-later]');
  while (page.next());
  if (early.has(target)) restore(target);
  early.delete(target);
  again();
};
const acts = ['click', 'input', 'change', 'keydown', 'submit', 'toggle'];

gather('body');
page.hydrate();
// What follows an edit listens from the next task on.
await task();
for (const act of acts) addEventListener(act, finish, true);
gather('[data-later]');
while (!through) {
  through = !page.next();
  await breath();
}
for (const act of acts) removeEventListener(act, finish, true);
await task();
document.documentElement.dataset.live = '';
again();
