// The keys of whoever leads a meeting, a clicker's among them. Each press has a number and waits here until the server
// says that it has heard it. The clock on the claim runs here too, so that it costs the server nothing.
const ACTS = {
  PageDown: "next", ArrowRight: "next", PageUp: "previous", ArrowLeft: "previous", r: "show", a: "again", d: "decide",
  n: "want", u: "undo", f: "full", Escape: "close",
};
const WRITING = "input, textarea, select, [role=combobox], [role=listbox], [role=textbox], [role=radiogroup], [role=dialog], [data-baseweb=calendar]";

const STAGE = ".st-key-present";

export default function ({ data, parentElement, setTriggerValue }) {
  const lead = (window.claimsLead ??= { waiting: [], last: Date.now() });
  lead.begun = performance.now() - data.seconds * 1000;
  lead.minutes = data.minutes;
  lead.send = () => {
    lead.sent = performance.now();
    setTriggerValue("pressed", [...lead.waiting]);
  };
  lead.waiting = lead.waiting.filter((press) => press.number > data.heard);
  if (lead.waiting.length) lead.send();
  parentElement.querySelector("button").onclick = full;
  tick(lead);
  if (lead.listening) return;
  lead.listening = true;
  document.addEventListener("keydown", (event) => hear(lead, event));
  setInterval(() => tick(lead), 500);
}

function hear(lead, event) {
  if (!document.querySelector(STAGE) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const target = event.composedPath()[0];
  const writing = target instanceof Element && target.closest(WRITING);
  if (writing) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const act = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || (event.repeat && act !== "next" && act !== "previous")) return;
  event.preventDefault();
  if (act === "full") return full();
  lead.last = Math.max(lead.last + 1, Date.now());
  lead.waiting.push({ number: lead.last, act });
  lead.send();
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

// Twice a second: the clock, and what was pressed and not heard, which may have met a redraw on its way.
function tick(lead) {
  if (lead.waiting.length && performance.now() - lead.sent > 1500 && document.querySelector(STAGE)) lead.send();
  const clock = document.querySelector(`${STAGE} .clock`);
  if (!clock) return;
  const seconds = Math.max(0, Math.floor((performance.now() - lead.begun) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  clock.classList.toggle("over", seconds > lead.minutes * 60);
}
