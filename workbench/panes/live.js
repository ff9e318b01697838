// Asks every few seconds what colleagues did meanwhile, unless nobody looks here or an act of this person is under way,
// and hands on who is on which claim to the panes that show it. Where there is a bell, it asks as soon as that rings.
export default function ({ data, parentElement, setTriggerValue }) {
  if (data.shut) return window.location.reload(); // to the door, with nothing left of what was shown
  const live = (window.claimsLive ??= {});
  live.place = parentElement.querySelector(".live");
  live.ask = () => {
    live.asked = Date.now();
    live.rung = false;
    setTriggerValue("asked", { number: live.asked, writing: isWriting() });
  };
  live.bell = data.bell;
  if (data.answered === live.asked) live.cut = false;
  const people = JSON.stringify(data.people);
  if (live.people !== people) {
    live.people = people;
    window.claimsPeople = data.people;
    window.dispatchEvent(new Event("claims-people"));
  }
  if (live.timer) return;
  live.timer = setInterval(() => live.cut || tick(live), data.every);
  watchConnection(live);
  watchLeaving(live);
  attend(live);
  live.ask();
}

// Who goes to another page is asked nothing more on this one: a question names its page, and Streamlit would come back to it.
const LEAVING = 2000; // milliseconds
const WAYS = ["stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink", "stPageLink-NavLink"];

function watchLeaving(live) {
  if ("left" in live) return;
  live.left = 0;
  const ways = WAYS.map((name) => `[data-testid="${name}"]`).join(", ");
  document.addEventListener("click", (click) => click.target.closest?.(ways) && (live.left = Date.now()), true);
}

function isLeaving(live) {
  return Date.now() - live.left < LEAVING;
}

// A session ends with its process. Where the connection was cut and is there again, and questions stay unanswered, nothing
// here leads anywhere any more: the page is opened anew, and what was typed is given back to it (draft.js).
const UNANSWERED = 2;
const PATIENCE = 1500; // milliseconds for each

function watchConnection(live) {
  if (live.watching) return;
  live.watching = new MutationObserver(() => {
    if (isConnected()) return;
    clearInterval(live.checking);
    Object.assign(live, { cut: true, unanswered: 0, asked: null });
    live.checking = setInterval(() => (live.cut ? tick(live) : clearInterval(live.checking)), PATIENCE);
  });
  const app = document.querySelector('[data-testid="stApp"]');
  live.watching.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

function isConnected() {
  return document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED";
}

// Between two questions that the bell brings: many may write at once.
const APART = 400; // milliseconds
const AGAIN = 50;

// A bell that is gone is looked for again with the next question.
function attend(live) {
  if (!live.bell || live.socket) return;
  const place = new URL(live.bell, window.location.href); // beside the pages, whatever path leads to them
  place.protocol = place.protocol === "https:" ? "wss:" : "ws:";
  const socket = (live.socket = new WebSocket(place));
  socket.onmessage = () => {
    live.rung = true;
    hurry(live);
  };
  socket.onclose = () => {
    if (live.socket === socket) live.socket = null;
  };
}

// Ask as soon as nothing is under way; where nobody looks, the next tick does.
function hurry(live) {
  clearTimeout(live.hurrying);
  if (!live.rung || !live.place.isConnected || document.hidden) return;
  if (rests() && !isLeaving(live) && !window.claimsKeys?.waiting.length && Date.now() - (live.asked ?? 0) >= APART) live.ask();
  else live.hurrying = setTimeout(() => hurry(live), AGAIN);
}

function rests() {
  return document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
}

function tick(live) {
  if (!live.place.isConnected) {
    clearInterval(live.timer);
    live.cut = false; // another page asks nothing, and is drawn anew by what is done on it
    live.timer = null;
    live.socket?.close();
    return;
  }
  attend(live);
  if (document.hidden || !rests() || isLeaving(live)) return;
  if (live.cut) {
    if (!isConnected()) return;
    if (live.unanswered++ >= UNANSWERED) return window.location.reload();
    return live.ask();
  }
  if (window.claimsKeys?.waiting.length) window.claimsKeys.send(); // overtaken by a question: each acts once all the same
  else live.ask();
}

// Whether somebody writes in a field of the form: what they write is known here alone until they leave it.
function isWriting() {
  const field = document.activeElement;
  return Boolean(field?.closest(".st-key-pane-form") && field.matches("input, textarea, [contenteditable=true]"));
}
