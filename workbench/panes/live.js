// Asks every few seconds what colleagues did meanwhile, unless nobody looks here or an act of this person is under way,
// and hands on who is on which claim to the panes that show it.
export default function ({ data, parentElement, setTriggerValue }) {
  if (data.shut) return window.location.reload(); // to the door, with nothing left of what was shown
  const live = (window.claimsLive ??= {});
  live.place = parentElement.querySelector(".live");
  live.ask = () => setTriggerValue("asked", { number: Date.now(), writing: isWriting() });
  const people = JSON.stringify(data.people);
  if (live.people !== people) {
    live.people = people;
    window.claimsPeople = data.people;
    window.dispatchEvent(new Event("claims-people"));
  }
  if (live.timer) return;
  live.timer = setInterval(() => tick(live), data.every);
  live.ask();
}

function tick(live) {
  if (!live.place.isConnected) {
    clearInterval(live.timer);
    live.timer = null;
    return;
  }
  const app = document.querySelector('[data-testid="stApp"]');
  if (document.hidden || app?.dataset.testScriptState !== "notRunning") return;
  if (window.claimsKeys?.waiting.length) window.claimsKeys.send(); // overtaken by a question: each acts once all the same
  else live.ask();
}

// Whether somebody writes in a field of the form: what they write is known here alone until they leave it.
function isWriting() {
  const field = document.activeElement;
  return Boolean(field?.closest(".st-key-pane-form") && field.matches("input, textarea, [contenteditable=true]"));
}
