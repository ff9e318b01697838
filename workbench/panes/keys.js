// The keys of the desk. Each press gets a number and waits here until the server says that it has heard it, so that a
// burst of presses loses none and none acts twice, however many redraws there are in between. One message is under way
// at a time: another that came while the server acts on the first would make Streamlit break off in the middle of an act.
export default function ({ data, parentElement, setTriggerValue }) {
  const keys = (window.claimsKeys ??= { waiting: [], last: Date.now() });
  keys.place = parentElement.querySelector(".keys");
  keys.dialog = parentElement.querySelector("dialog");
  keys.acts = new Map(data.acts.filter((act) => act.key).map((act) => [act.key, act]));
  keys.fields = new Map(data.acts.map((act) => [act.name, act.field]));
  keys.article = data.article;
  // A session that begins has heard nothing, and holds another claim: what the last one left unheard is left undone.
  if (data.heard === 0 && keys.heard > 0) Object.assign(keys, { waiting: [], underway: 0 });
  keys.heard = data.heard;
  keys.send = () => setTriggerValue("pressed", keys.waiting);
  keys.press = (act, more = {}) => press(keys, act, more);
  // Whether what was drawn when this press was heard is behind: more wait, or a later answer is there already.
  keys.isPast = (heard) => heard < keys.heard || keys.waiting.some((pressed) => pressed.number > heard);
  keys.waiting = keys.waiting.filter((press) => press.number > data.heard);
  if (data.heard >= (keys.underway ?? 0)) send(keys);
  foot(keys, data.foot);
  list(keys, data, setTriggerValue);
  if (keys.listening) return;
  keys.listening = true;
  document.addEventListener("keydown", (event) => hear(keys, event));
}

const WRITING = "input, textarea, select, [role=menu], [role=dialog], [role=textbox], [data-baseweb=calendar]";
const OPEN = "[role=dialog], [role=menu], dialog[open]";

function hear(keys, event) {
  if (!keys.place.isConnected || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229) return;
  const target = event.composedPath()[0];
  const writing = target instanceof Element && (target.closest(WRITING) || target.isContentEditable);
  const saves = event.ctrlKey && event.key === "Enter";
  if (writing && event.key === "Escape" && !document.querySelector(OPEN)) target.blur(); // back to the keys
  if ((writing || event.ctrlKey) && !saves) return;
  if (keys.dialog.open || document.querySelector(OPEN)) return;
  if (keys.reaching) return hold(keys, event);
  const act = acted(keys, event);
  if (!act || (event.repeat && !act.repeats)) return;
  event.preventDefault();
  if (saves && writing) target.blur(); // what is typed there goes to the server first
  if (act.here === "help") return open(keys);
  if (act.here === "open") return keys.article && window.open(keys.article, "_blank", "noopener,noreferrer");
  if (!act.here) keys.press(act.name);
  if (act.field) {
    keys.reaching = { act: act.name, typed: "", begun: performance.now(), quiet: 0 };
    reach(keys);
  }
}

// What is pressed, by a key or by the pointer in another pane: it waits its turn. "seen" is what the person had before
// their eyes: the last press whose outcome was shown.
function press(keys, act, more) {
  keys.last = Math.max(keys.last + 1, Date.now());
  const pressed = { number: keys.last, seen: keys.heard, act, ...more };
  keys.waiting.push(pressed);
  window.dispatchEvent(new CustomEvent("claims-pressed", { detail: pressed })); // a pane that shows it at once adds what it shows
  if (keys.heard >= (keys.underway ?? 0)) send(keys);
}

// Send all that waits. What was sent while a redraw began may never have been looked at: what still waits when the server
// has come to rest is sent again, and the server knows each press by its number.
function send(keys) {
  clearTimeout(keys.insisting);
  if (!keys.waiting.length) return;
  keys.underway = keys.waiting[keys.waiting.length - 1].number;
  keys.insisting = setTimeout(() => insist(keys), 500);
  keys.send();
}

function insist(keys) {
  if (!keys.waiting.length) return;
  const rests = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
  if (rests) send(keys);
  else keys.insisting = setTimeout(() => insist(keys), 500);
}

// A letter is what its key and Shift say, whatever Caps Lock does; on a keyboard of another script, what its key says.
function acted(keys, event) {
  if (event.ctrlKey) return keys.acts.get(`Ctrl+${event.key}`);
  const cased = (letter) => (event.shiftKey ? letter.toUpperCase() : letter.toLowerCase());
  const key = /^\p{L}$/u.test(event.key) ? cased(event.key) : event.key;
  const latin = /^Key[A-Z]$/.test(event.code) && /^[^\x00-\x7f]$/.test(event.key) && cased(event.code[3]);
  return keys.acts.get(key) ?? keys.acts.get(latin);
}

// The field that a press leads to may belong to the next claim and not be drawn yet: what is typed meanwhile is held,
// and goes into it. Where no such field comes, as on a claim that is locked, what was typed is let go.
function reach(keys) {
  const aim = keys.reaching;
  if (!aim) return;
  const running = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning";
  const drawn = !running && !keys.waiting.length; // before that, the field may be drawn once more, without what is typed
  const field = drawn && document.querySelector(keys.fields.get(aim.act));
  if (field) {
    keys.reaching = null;
    field.focus();
    if (aim.typed) document.execCommand("insertText", false, aim.typed);
    return;
  }
  aim.quiet = drawn ? aim.quiet + 1 : 0;
  if (aim.quiet > 10 || performance.now() - aim.begun > 15000) keys.reaching = null;
  else requestAnimationFrame(() => reach(keys));
}

function hold(keys, event) {
  const aim = keys.reaching;
  if (event.ctrlKey) return;
  if (event.key === "Escape") keys.reaching = null;
  else if (event.key === "Backspace") aim.typed = aim.typed.slice(0, -1);
  else if (event.key.length === 1) aim.typed += event.key;
  else return;
  event.preventDefault();
}

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

// The keys at the foot of the desk; the last of them opens the list of all.
function foot(keys, named) {
  const drawn = JSON.stringify(named);
  if (keys.place.dataset.drawn === drawn) return;
  keys.place.dataset.drawn = drawn;
  const parts = named.map(([key, does, name]) => {
    const made = element(name === "help" ? "button" : "span", "");
    if (name === "help") made.onclick = () => open(keys);
    made.append(element("kbd", "", key), ` ${does}`);
    return made;
  });
  keys.place.replaceChildren(...parts);
}

// The list of keys, each to be changed. It opens and closes in the browser; what stands in it is the server's.
function open(keys) {
  keys.dialog.querySelector(".said").textContent = "";
  keys.dialog.showModal();
}

function list(keys, data, setTriggerValue) {
  const { dialog } = keys;
  const said = dialog.querySelector(".said");
  const told = `${data.said.number}`;
  if (dialog.dataset.told !== told && dialog.open) said.textContent = data.said.words;
  dialog.dataset.told = told;
  const drawn = JSON.stringify(data.acts.map((act) => [act.name, act.does, act.key]));
  const say = (words) => (said.textContent = words);
  const change = (act, button) => {
    button.textContent = "Press a key";
    button.classList.add("listening");
    say(`Press the key for “${act.does}”. Escape leaves it as it is.`);
    const stop = () => {
      button.classList.remove("listening");
      button.replaceChildren(...cap(act));
      button.removeEventListener("keydown", listen);
      button.removeEventListener("blur", stop);
    };
    const listen = (event) => {
      if (["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      stop();
      say("");
      if (event.key === "Escape") return;
      const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.metaKey && "Meta"].filter(Boolean);
      const letter = /^\p{L}$/u.test(event.key);
      const key = letter ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
      setTriggerValue("changed", { act: act.name, key: [...held, key].join("+") });
    };
    button.addEventListener("keydown", listen);
    button.addEventListener("blur", stop);
  };
  const cap = (act) => [element("kbd", act.key ? "" : "none", act.key ? act.words : "no key")];
  const row = (act) => {
    const made = element("li", act.shipped ? "" : "own");
    const button = element("button", "cap");
    button.type = "button";
    button.dataset.act = act.name;
    button.setAttribute("aria-label", `${act.does}: ${act.key ? act.words : "no key"}. Change`);
    button.append(...cap(act));
    button.onclick = () => change(act, button);
    made.append(element("span", "does", act.does), button);
    return made;
  };
  const group = (name) => {
    const made = element("section", "");
    const rows = element("ul", "");
    rows.append(...data.acts.filter((act) => act.group === name).map(row));
    made.append(element("h3", "", name), rows);
    return made;
  };
  if (dialog.dataset.drawn !== drawn) {
    const reached = dialog.getRootNode().activeElement?.dataset?.act;
    dialog.querySelector(".groups").replaceChildren(...[...new Set(data.acts.map((act) => act.group))].map(group));
    if (reached) [...dialog.querySelectorAll(".cap")].find((button) => button.dataset.act === reached)?.focus();
  }
  dialog.dataset.drawn = drawn;
  dialog.querySelector(".shipped").onclick = () => setTriggerValue("changed", { act: "", key: "" });
  dialog.querySelector(".close").onclick = () => dialog.close();
  dialog.onclick = (event) => event.target === dialog && dialog.close(); // beside it
}
