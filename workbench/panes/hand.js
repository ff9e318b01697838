// The claim in hand: its words, and who else is on it. The queue, the text and this heading show it by window.claimsHand, at
// once when a key or a click in the queue takes another one; until the server has drawn that one's form, the form is dimmed.
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".hand");
  place.data = data;
  // An answer to an earlier press, or one that is drawn once more: the hand is further on already.
  if (!window.claimsKeys?.isPast(data.heard)) take(data.claim);
  show(place);
  if (place.due !== data.due) ask(place, data.due, setTriggerValue);
  if (place.listening) return;
  place.listening = true;
  window.addEventListener("claims-people", () => show(place));
  window.addEventListener("claims-hand", () => show(place));
}

// What is due is asked for once the drawing has come to its end. Streamlit takes away what a drawing has left out when it hears of
// its end, and by then looks at the drawing that runs: one of other parts, that follows at once, would leave the old beside the new.
// A desk that never comes to rest, as under a burst of keys, is not waited for longer than this.
const AGAIN = 40; // milliseconds
const LONGEST = 10_000;

function ask(place, due, setTriggerValue, since = performance.now()) {
  place.due = due;
  if (!due) return;
  const rests = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
  if (rests || performance.now() - since > LONGEST) return setTriggerValue("due", due);
  setTimeout(() => {
    if (place.due !== due) return;
    if (place.isConnected) ask(place, due, setTriggerValue, since);
    else place.due = null; // drawn again, it is asked for again
  }, AGAIN);
}

function take(claim) {
  if (window.claimsHand === claim) return;
  window.claimsHand = claim;
  window.dispatchEvent(new Event("claims-hand"));
}

function show(place) {
  if (!place.isConnected) return;
  const { claim, words } = place.data;
  const ahead = window.claimsHand !== claim && window.claimsWords?.get(window.claimsHand);
  write(place.querySelector(".claim"), ahead || words);
  const names = window.claimsPeople?.[window.claimsHand] ?? [];
  write(place.querySelector(".people"), names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} on this claim` : "");
  const form = place.closest(".st-key-pane-form");
  if (ahead) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
