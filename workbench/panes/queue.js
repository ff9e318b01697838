// The queue: one row a claim. Rows come as data and are written with textContent, so nothing in them is ever markup.
// A row that says what it said before stays as it is: what is selected in it, and where the pane is scrolled to, stay too.
// Which claim is in hand the form says: window.claimsHand.
export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".queue");
  const queue = (list.queue ??= { rows: new Map(), last: null, scrolled: null });
  Object.assign(queue, { data, list });
  window.claimsWords = new Map(data.rows.map((row) => [row.id, row.claim]));
  const drawn = data.rows.map((row) => kept(queue, row));
  const ids = new Set(data.rows.map((row) => row.id));
  [...list.children].forEach((item) => ids.has(item.dataset.claim) || item.remove());
  drawn.forEach((item, at) => list.children[at] === item || list.insertBefore(item, list.children[at] ?? null));
  queue.rows = new Map(drawn.map((item) => [item.dataset.claim, item]));
  people(queue);
  mark(queue);
  list.onkeydown = (event) => step(queue, event);
  if (queue.listening) return;
  queue.listening = true;
  window.addEventListener("claims-people", () => people(queue));
  window.addEventListener("claims-hand", () => queue.list.isConnected && mark(queue));
  window.addEventListener("claims-pressed", ({ detail }) => queue.list.isConnected && go(queue, detail));
}

const STEPS = { next: 1, previous: -1, save: 1, "select-next": 1, "select-previous": -1 };

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

function kept(queue, row) {
  const drawn = JSON.stringify(row);
  const there = queue.rows.get(row.id);
  if (there?.drawn === drawn) return there;
  const item = draw(queue, row);
  item.drawn = drawn;
  there?.replaceWith(item);
  return item;
}

function draw(queue, row) {
  const item = element("li", "row");
  item.id = `queue-${row.id}`;
  item.dataset.claim = row.id;
  item.setAttribute("role", "option");
  const box = element("span", "box");
  box.title = "Select this claim: to change several together";
  tick(item, row.selected);
  const left = element("div", "left");
  left.append(element("div", "words", row.claim));
  const about = element("div", "about");
  about.append(element("span", "people"));
  row.tags.forEach((tag) => about.append(element("span", "tag", tag)));
  row.labels.forEach((label) => about.append(element("span", "tag label", label)));
  if (row.verdict) about.append(element("span", `verdict ${row.colour}`, `${row.mark} ${row.verdict}`));
  about.append(document.createTextNode((row.verdict && row.note ? " · " : "") + row.note));
  left.append(about);
  const weight = element("div", "weight", row.weight);
  weight.title = "How much it is worth checking, from 0 to 1";
  const bar = element("div", "bar");
  const fill = element("span", "fill");
  fill.style.width = `${Math.round(100 * row.share)}%`;
  bar.append(fill);
  weight.append(bar);
  item.append(box, left, weight);
  item.onclick = (event) => click(queue, row.id, event);
  item.onmousedown = (event) => event.shiftKey && event.preventDefault(); // no text is selected on the way
  return item;
}

// Whether a row is selected: at once here, and soon as the server says.
function tick(item, on) {
  item.classList.toggle("selected", on);
  item.setAttribute("aria-checked", String(on));
  item.drawn = "ticked"; // what the server says next is drawn in any case
}

function click(queue, id, event) {
  const boxed = event.target.closest(".box");
  if (!boxed && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    if (getSelection().isCollapsed) choose(id);
    return;
  }
  const ids = queue.data.rows.map((row) => row.id);
  const from = event.shiftKey ? ids.indexOf(queue.last ?? window.claimsHand) : -1;
  const [one, other] = [from < 0 ? ids.indexOf(id) : from, ids.indexOf(id)].sort((a, b) => a - b);
  const on = event.shiftKey || !queue.rows.get(id).classList.contains("selected");
  select(queue, ids.slice(one, other + 1), on);
  queue.last = id;
}

// It waits its turn among the keys, so that none of both is lost and each comes after what was done before it.
function select(queue, claims, on) {
  claims.forEach((id) => tick(queue.rows.get(id), on));
  window.claimsKeys.press("selected", { claims, on });
}

// Another claim comes in hand: here at once, and for the server in its turn among the keys.
function choose(id) {
  if (!window.claimsKeys) return; // the form has never been drawn yet
  window.claimsKeys.press("chosen", { claim: id });
  show(id);
}

function show(id) {
  window.claimsHand = id;
  window.dispatchEvent(new Event("claims-hand"));
}

// A key goes to a neighbour: at once, where this page has it, as saving does where all is answered. The press says which one
// was shown, and the server takes that one in hand, whatever was saved or undone in between: what is pressed next is meant for
// what is on the screen. Where saving is refused, the form comes back with its claim.
function go(queue, pressed) {
  const { rows } = queue.data;
  const here = queue.rows.get(window.claimsHand);
  if (pressed.act === "select" && here) tick(here, !here.classList.contains("selected"));
  if (pressed.act === "save" && !window.claimsGoesOn?.()) return;
  const at = rows.findIndex((row) => row.id === window.claimsHand);
  const next = pressed.act in STEPS && at >= 0 && rows[at + STEPS[pressed.act]];
  if (!next) return;
  if (pressed.act.startsWith("select-")) [here, queue.rows.get(next.id)].forEach((item) => tick(item, true));
  pressed.claim = next.id;
  show(next.id);
}

function step(queue, event) {
  const { rows } = queue.data;
  const chosen = window.claimsHand;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === " " && queue.rows.has(chosen)) {
    event.preventDefault();
    select(queue, [chosen], !queue.rows.get(chosen).classList.contains("selected"));
  } else if (step && event.shiftKey) {
    event.preventDefault();
    window.claimsKeys.press(step > 0 ? "select-next" : "select-previous");
  } else if (step) {
    const next = rows[rows.findIndex((row) => row.id === chosen) + step];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
  }
}

// Who else is on a claim: it comes every few seconds beside the rows, which stay as they are.
function people(queue) {
  const where = window.claimsPeople ?? {};
  for (const [id, item] of queue.rows) {
    const place = item.querySelector(".people");
    const words = (where[id] ?? []).join(", ");
    if (place.textContent !== words) place.textContent = words;
    place.title = words && `On this claim now: ${words}`;
    place.classList.toggle("there", Boolean(words));
  }
}

// The claim in hand is marked, and comes into view when it is taken in hand and at no other time.
function mark(queue) {
  const { list } = queue;
  for (const [id, row] of queue.rows) {
    row.classList.toggle("chosen", id === window.claimsHand);
    row.setAttribute("aria-selected", String(id === window.claimsHand));
  }
  const item = queue.rows.get(window.claimsHand);
  if (!item) return list.removeAttribute("aria-activedescendant");
  list.setAttribute("aria-activedescendant", item.id);
  if (queue.scrolled === window.claimsHand) return;
  queue.scrolled = window.claimsHand;
  // Only the pane scrolls, never the page behind it: scrollIntoView would move both.
  const pane = list.getRootNode().host.closest(".st-key-pane-queue");
  const [row, view] = [item.getBoundingClientRect(), pane.getBoundingClientRect()];
  const head = pane.querySelector(".st-key-steps").offsetHeight;
  if (row.top < view.top + head) pane.scrollTop += row.top - view.top - head;
  else if (row.bottom > view.bottom) pane.scrollTop += row.bottom - view.bottom;
}
