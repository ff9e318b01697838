// What is typed for a claim and not saved is kept in this browser, letter by letter, so that neither a reload of the page
// nor an end of the server takes it away. A session that has nothing typed for a claim gets back what is kept for it; the
// session that was there before is known by its name.
const AGAIN = 1000; // milliseconds: an answer that comes while the page is drawn may be lost on its way
const OLDEST = 14 * 24 * 3600 * 1000; // what nobody came back to
const SETTLED = 5; // so often it is seen to that a field stands as it should after a drawing
const PREFIX = "claims-workbench-draft";
const OPEN = "claims-workbench-typing"; // where this tab typed last

const draft = { looked: new Set() };

export default function ({ data, setTriggerValue }) {
  if (isPast(data)) return;
  clearTimeout(draft.waiting);
  draft.now = data;
  window.claimsDraft = draft; // the browser may hold this module more than once: the newest hears
  try {
    for (const claim of data.ended) localStorage.removeItem(keyOf(data, claim));
    follow(data);
    if (isAhead(data)) keep(standing(data));
    else if (!recalled(data, setTriggerValue) && !isTyping(data)) localStorage.removeItem(keyOf(data, data.claim));
  } catch {
    // A browser that keeps nothing keeps no draft either.
  }
  if (!draft.listening) {
    draft.listening = true;
    document.addEventListener("input", hear, true);
  }
  return () => clearTimeout(draft.waiting);
}

// Whether this drawing is of a form that was let go of since: the one that is left may be drawn once more beside the next.
function isPast({ session, turn }) {
  const newest = window.claimsDraft?.now;
  return newest?.session === session && turn < newest.turn;
}

function keyOf(data, claim) {
  return `${PREFIX} ${data.desk} ${data.person} ${claim}`;
}

// Whether this session is given what was typed before it began: for the claim in hand, or for the one that this tab was at.
function recalled(data, setTriggerValue) {
  if (!data.asks) return false;
  const open = JSON.parse(sessionStorage.getItem(OPEN) ?? "{}");
  const stayed = open.session !== data.session && open.at === window.location.href;
  for (const claim of stayed && !data.moved ? [open.claim, data.claim] : [data.claim]) {
    const looked = `${data.session} ${keyOf(data, claim)}`;
    const kept = draft.looked.has(looked) ? null : read(keyOf(data, claim));
    if (!kept) {
      draft.looked.add(looked);
      continue;
    }
    const answer = () => {
      const given = claim === data.claim ? joined(kept, data) : kept;
      draft.given = draft.given?.claim === claim ? draft.given : { claim, typed: given.typed };
      setTriggerValue("recalled", { claim, kept: given });
      draft.waiting = setTimeout(answer, AGAIN);
    };
    answer();
    return true;
  }
  return false;
}

// Whether a session that ended left something for the claim in hand, which this one has not got yet: no letter goes over it.
function isOwed(data) {
  const key = keyOf(data, data.claim);
  const kept = data.asks && !draft.looked.has(`${data.session} ${key}`) ? read(key) : null;
  return kept !== null && kept.session !== data.session;
}

// What was kept, and after it what was written here before it came; the field that is written in shows both at once, for
// the server says nothing to it before it is left.
function joined(kept, data) {
  const typed = { ...kept.typed };
  for (const [name, field] of fieldsOf(data)) {
    if (field !== document.activeElement || !field.value || field.value === data.form.typed[name]) continue;
    const before = typed[name] ?? "";
    typed[name] = field.value.startsWith(before) ? field.value : `${before} ${field.value}`;
    if (typed[name] !== field.value) put(field, typed[name]);
  }
  return { ...kept, typed };
}

// What was written after the draft was asked for and before it came goes behind what came; the drawing that brought it may have
// taken the field from under the hand, or have been told of the one or of the other alone, and the field may be set once more after it.
function follow(data, times = SETTLED) {
  const { given, heard } = draft;
  clearTimeout(draft.following);
  if (data.asks || given?.claim !== data.claim) return;
  if (times > 0) draft.following = setTimeout(() => follow(data, times - 1), AGAIN / 5);
  else draft.given = null;
  for (const [name, field] of fieldsOf(data)) {
    const came = given.typed[name];
    const own = heard?.claim === data.claim ? heard[name] : undefined;
    const typed = own ?? (field === document.activeElement ? field.value : "");
    if (!came || !typed || typed.startsWith(came)) continue;
    const both = came.endsWith(typed) ? came : `${came} ${typed}`;
    if (field.value === both) continue;
    field.focus();
    put(field, both);
  }
}

function put(field, value) {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function read(key) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (!kept || Date.now() - kept.at < OLDEST) return kept;
  localStorage.removeItem(key);
  return null;
}

function keep(typed) {
  const { claim, form, session } = draft.now;
  localStorage.setItem(keyOf(draft.now, claim), JSON.stringify({ ...form, typed, session, at: Date.now() }));
  sessionStorage.setItem(OPEN, JSON.stringify({ claim, session, at: window.location.href }));
}

// The fields of the form that are written in, as they stand on the screen. While the form is drawn anew, one may stand there twice:
// it is the one that is written in, else the newer.
function fieldsOf(data) {
  return Object.entries(data.fields)
    .map(([name, place]) => {
      const found = [...document.querySelectorAll(`.${CSS.escape(place)} :is(textarea, input)`)];
      return [name, found.find((field) => field === document.activeElement) ?? found.at(-1)];
    })
    .filter(([, field]) => field);
}

// What stands in the form: a field that is still written in is ahead of what the server knows of it.
function standing(data) {
  const ahead = fieldsOf(data).filter(([, field]) => field === document.activeElement);
  return { ...data.form.typed, ...Object.fromEntries(ahead.map(([name, field]) => [name, field.value])) };
}

function isTyping(data) {
  const typed = standing(data);
  return Object.keys(data.fields).some((name) => (typed[name] ?? "") !== (data.form.typed[name] ?? ""));
}

// Whether what stands in the form goes over what is kept for its claim.
function isAhead(data) {
  return data.begun || (isTyping(data) && !isOwed(data));
}

function hear(event) {
  const data = draft.now;
  const place = window.claimsDraft === draft ? fieldsOf(data).find(([, field]) => field === event.target) : undefined;
  if (!place) return;
  if (event.isTrusted) clearTimeout(draft.following);
  if (data.asks) {
    draft.heard = draft.heard?.claim === data.claim ? draft.heard : { claim: data.claim };
    draft.heard[place[0]] = event.target.value;
  }
  try {
    if (isAhead(data)) keep(standing(data));
    else if (!isOwed(data)) localStorage.removeItem(keyOf(data, data.claim));
  } catch {
    // as above
  }
}
