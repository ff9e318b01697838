// The keys of the desk. Each press gets a number and waits here until the server says that it has heard it, so that a
// burst of presses loses none and none acts twice, however many redraws there are in between.
export default function ({ data, parentElement, setTriggerValue }) {
  const keys = (window.claimsKeys ??= { waiting: [], last: Date.now() });
  keys.place = parentElement.querySelector(".keys");
  keys.known = new Set(data.keys);
  keys.heard = data.heard;
  keys.send = () => setTriggerValue("pressed", keys.waiting);
  keys.waiting = keys.waiting.filter((press) => press.number > data.heard);
  if (keys.waiting.length) keys.send();
  if (keys.listening) return;
  keys.listening = true;
  document.addEventListener("keydown", (event) => hear(keys, event));
}

const WRITING = "input, textarea, select, [contenteditable=true], [role=menu], [role=dialog]";

function hear(keys, event) {
  if (!keys.place.isConnected || event.altKey || event.metaKey || event.isComposing) return;
  const target = event.composedPath()[0];
  const writing = target instanceof Element && target.closest(WRITING);
  const saves = event.ctrlKey && event.key === "Enter";
  if (saves && writing) target.blur(); // what is typed there goes to the server first
  if ((writing || event.ctrlKey) && !saves) return;
  const key = saves ? "Ctrl+Enter" : event.key;
  if (!keys.known.has(key)) return;
  event.preventDefault();
  keys.last = Math.max(keys.last + 1, Date.now());
  // "seen" is what the person had before their eyes: the last press whose outcome was shown.
  keys.waiting.push({ number: keys.last, key, seen: keys.heard });
  keys.send();
}
