// The keys of whoever leads a meeting, a clicker's among them. Each press has a number and waits here until the server
// says that it has heard it. The clock on the claim runs here too, so that it costs the server nothing.
const ACTS = {
  PageDown: "next", ArrowRight: "next", PageUp: "previous", ArrowLeft: "previous", r: "show", a: "again", d: "decide",
  n: "want", u: "undo", f: "full", Escape: "close",
};
const WRITING = "input, textarea, select, [role=combobox], [role=listbox], [role=textbox], [role=radiogroup], [role=dialog], [data-baseweb=calendar]";

const STAGE = ".st-key-present";

// What may be longer than its place: the screen itself, and what stands on it.
const AROUND = `.stMain:has(${STAGE}), ${STAGE} .st-key-stage`;
const WITHIN = `${STAGE} :is(.claim-large.long, .passage, .evidence > section)`;

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
  lead.more = parentElement.querySelector(".more");
  if (lead.item !== data.item) document.querySelectorAll(AROUND).forEach((each) => (each.scrollTop = 0));
  lead.item = data.item;
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
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    return scroll(event.key === "ArrowDown" ? 1 : -1);
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

const long = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.scrollHeight > each.clientHeight + 4);

// The screen as a whole first; where that goes no further, all that is longer than its place goes on together.
function scroll(way) {
  const go = (each) => {
    const before = each.scrollTop;
    each.scrollTop += way * 0.6 * each.clientHeight;
    return each.scrollTop !== before;
  };
  if (!long(AROUND).filter(go).length) long(WITHIN).forEach(go);
}

// Whether there is more than is seen, and where: that can be reached by the keyboard. Of a passage that is longer than its
// place, the words of the claim are seen.
function reveal(lead) {
  const more = long(`${AROUND}, ${WITHIN}`);
  lead.more.hidden = !more.length;
  document.querySelectorAll(`${STAGE} .st-key-stage, ${WITHIN}`).forEach((each) => {
    if (more.includes(each)) each.tabIndex = 0;
    else each.removeAttribute("tabindex");
  });
  const mark = document.querySelector(`${STAGE} .passage mark`);
  if (!mark || mark === lead.mark) return;
  lead.mark = mark;
  const passage = mark.closest(".passage");
  passage.scrollTop += mark.getBoundingClientRect().top - passage.getBoundingClientRect().top;
}

// Twice a second: the clock, and what was pressed and not heard, which may have met a redraw on its way.
function tick(lead) {
  if (lead.waiting.length && performance.now() - lead.sent > 1500 && document.querySelector(STAGE)) lead.send();
  reveal(lead);
  const clock = document.querySelector(`${STAGE} .clock`);
  if (!clock) return;
  const seconds = Math.max(0, Math.floor((performance.now() - lead.begun) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  clock.classList.toggle("over", seconds > lead.minutes * 60);
}
