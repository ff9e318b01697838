// The answers of a judgement: a button each, with its key. A click waits its turn among the presses of the keys, so that
// each comes after what was done before it; the tick is there at once, and soon as the server says.
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".answers");
  window.claimsAnswers = place;
  // An answer to an earlier press, or one that is drawn once more, changes nothing: what is ticked here is further on, and is of
  // the claim that it was ticked for.
  if (!place.drawn || !window.claimsKeys?.isPast(data.heard)) draw(Object.assign(place, { data }));
  if (place.listening) return;
  place.listening = true;
  window.claimsGoesOn = () => window.claimsAnswers?.isConnected && goesOn(window.claimsAnswers);
  window.addEventListener("claims-pressed", ({ detail }) => place.isConnected && tick(place, detail.act));
}

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

function draw(place) {
  const drawn = JSON.stringify(place.data.groups);
  if (place.drawn === drawn) return;
  place.drawn = drawn;
  const reached = place.getRootNode().activeElement?.dataset?.act;
  place.replaceChildren(...place.data.groups.map(group));
  if (reached) [...place.querySelectorAll("button")].find((button) => button.dataset.act === reached)?.focus();
}

function group({ name, answers, columns, small }) {
  const made = element("section", small ? "small" : "");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", name);
  const list = element("div", "list");
  list.style.setProperty("--columns", columns);
  list.append(...answers.map(answer));
  made.append(element("h3", "", name), list);
  return made;
}

function answer({ act, label, key, meaning, colour, on }) {
  const made = element("button", colour);
  made.type = "button";
  made.dataset.act = act;
  made.title = meaning;
  made.setAttribute("aria-description", meaning);
  const sign = element("span", "tick", "✓");
  sign.setAttribute("aria-hidden", "true"); // pressed, it says itself
  made.append(sign, element("span", "", label));
  if (key) made.append(element("kbd", "", key));
  turn(made, on);
  made.onclick = () => window.claimsKeys.press(act);
  return made;
}

function turn(button, on) {
  button.classList.toggle("on", on);
  button.setAttribute("aria-pressed", String(on));
}

// Whether saving what is ticked takes the next claim in hand: all is answered that is asked, of the claim that is shown.
function goesOn({ data, children }) {
  const answered = [...children].every((section) => section.querySelector(".on"));
  return data.goes_on && data.claim === window.claimsHand && answered;
}

// One answer of a group at most; the same again takes it back. The answers of a claim whose form is not there yet show with it.
function tick(place, act) {
  if (place.data.claim !== window.claimsHand) return;
  const button = [...place.querySelectorAll("button")].find((each) => each.dataset.act === act);
  if (!button) return;
  const on = !button.classList.contains("on");
  button.closest("section").querySelectorAll("button").forEach((each) => turn(each, each === button && on));
  place.drawn = "ticked"; // what the server says next is drawn in any case
}
