// The article with its claims marked. Pieces come as data and are written with textContent, so nothing in them is
// ever markup. Offsets are counted in characters as Python counts them, not in JavaScript's UTF-16 units.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article-text");
  root.latest = data; // the handlers outlive a drawing
  const drawing = JSON.stringify([data.title, data.about, data.byline, data.blocks]);
  root.due = () => {
    if (root.drawing !== drawing) draw(root, data, setTriggerValue);
    root.drawing = drawing;
    root.shown = data.article;
    choose(root, root.latest);
  };
  // What a colleague marks meanwhile waits until the words that are selected here are let go.
  if (root.shown !== data.article || !selection(root)) root.due();
  else choose(root, data);
  if (root.listening) return;
  root.listening = true;
  document.addEventListener("selectionchange", () => root.isConnected && !selection(root) && root.due());
  window.addEventListener("claims-hand", () => root.isConnected && choose(root, root.latest));
}

// The claim that is marked: the one in hand, as the form says it, or what a text to quote from has quoted.
const marked = (data) => data.chosen ?? window.claimsHand;

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

function draw(root, data, setTriggerValue) {
  const piece = ({ text, start, claims, colour, verdict }) => {
    const made = element(claims.length ? "mark" : "span", colour, text);
    made.dataset.start = start;
    made.dataset.claims = claims.join(" ");
    if (!claims.length || data.take) return made;
    // Where claims overlap, each click goes on to the next of them.
    const next = () => claims[(claims.indexOf(marked(root.latest)) + 1) % claims.length];
    made.tabIndex = 0;
    made.setAttribute("role", "button");
    made.title = verdict || "Claim, not marked yet";
    made.onclick = () => document.getSelection().isCollapsed && window.claimsKeys.press("chosen", { claim: next() });
    made.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      window.claimsKeys.press("chosen", { claim: next() });
    };
    return made;
  };
  const paragraph = (pieces, tag = "p") => {
    const made = element(tag, "");
    made.append(...pieces.map(piece));
    return made;
  };
  const furniture = (paragraphs) => {
    const made = element("details", "furniture");
    const lines = paragraphs.length === 1 ? "1 line" : `${paragraphs.length} lines`;
    made.append(element("summary", "", `${lines} of the page’s furniture, not checked`));
    made.append(...paragraphs.map((pieces) => paragraph(pieces)));
    return made;
  };

  const drawn = [element("div", "about", data.about)];
  if (data.title) drawn.push(element("h1", "", data.title));
  if (data.byline) drawn.push(element("div", "by", data.byline));
  data.blocks.forEach((block) =>
    drawn.push(block.furniture ? furniture(block.paragraphs) : paragraph(block.pieces, block.heading ? "h1" : "p")));
  const take = element("button", "take", data.take || "Add as a claim");
  root.replaceChildren(...drawn, take);

  if (data.take) readByKeys(root, take);
  root.onmouseup = root.onkeyup = (event) => {
    if (event.target === take) return;
    const found = selection(root);
    take.style.display = found ? "block" : "none";
    if (!found) return;
    const box = root.getBoundingClientRect();
    const under = event.clientY ? { x: event.clientX, y: event.clientY } : below(document.getSelection());
    take.style.left = `${Math.min(Math.max(under.x - box.left, 0), box.width - 150)}px`;
    take.style.top = `${under.y - box.top + 16}px`;
    take.onclick = () => {
      take.style.display = "none";
      setTriggerValue("passage", found);
    };
  };
}

// Where a selection ends that was made from the keyboard.
function below(selected) {
  const box = selected.getRangeAt(0).getBoundingClientRect();
  return { x: box.left, y: box.bottom - 8 };
}

// A text to quote from: an arrow selects the next sentence, Shift with an arrow takes more or less, Enter takes it.
function readByKeys(root, take) {
  root.tabIndex = 0;
  root.setAttribute("aria-label", "The document’s text");
  const segments = new Intl.Segmenter(undefined, { granularity: "sentence" });
  const sentences = [...root.querySelectorAll("p")].flatMap((paragraph) =>
    [...segments.segment(paragraph.textContent)].map(({ index, segment }) =>
      rangeIn(paragraph, index, index + segment.trimEnd().length)));
  let at = -1;
  root.onkeydown = (event) => {
    const selected = document.getSelection();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const word = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
    if (event.key === "Enter" && event.target === root && selection(root)) take.onclick();
    else if (step && event.shiftKey && selection(root)) selected.modify("extend", step > 0 ? "forward" : "backward", "sentence");
    else if (word && event.shiftKey && selection(root)) selected.modify("extend", word, "word");
    else if (step && sentences.length) {
      at = Math.min(Math.max(at + step, 0), sentences.length - 1);
      selected.removeAllRanges();
      selected.addRange(sentences[at]);
      sentences[at].startContainer.parentElement.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  };
}

// The range of a paragraph's characters (UTF-16 units) from first to last, whatever pieces it is cut into.
function rangeIn(paragraph, first, last) {
  const range = document.createRange();
  let passed = 0;
  for (const piece of paragraph.children) {
    const node = piece.firstChild;
    const length = node.data.length;
    if (passed <= first && first < passed + length) range.setStart(node, first - passed);
    if (passed < last && last <= passed + length) range.setEnd(node, last - passed);
    passed += length;
  }
  return range;
}

// The chosen claim is coloured, and in the middle of the pane when it is newly chosen.
function choose(root, data) {
  root.querySelectorAll("mark").forEach((mark) =>
    mark.classList.toggle("chosen", mark.dataset.claims.split(" ").includes(marked(data))));
  const centre = root.querySelector("mark.chosen");
  const place = `${data.article}:${marked(data)}`;
  if (!centre || root.dataset.place === place) return;
  // Only the pane scrolls, never the page behind it: scrollIntoView would move both.
  const pane = root.closest(".st-key-pane-text, .st-key-passage");
  const [mark, view] = [centre.getBoundingClientRect(), pane.getBoundingClientRect()];
  pane.scrollTop += (mark.top + mark.bottom - view.top - view.bottom) / 2;
  root.dataset.place = place;
  if (!data.take) document.querySelector(".st-key-pane-form")?.scrollTo(0, 0); // another claim: its form from the top
}

// The selected passage, in characters of the article: from the first piece that the selection meets to the last.
function selection(root) {
  const found = document.getSelection();
  if (!found || found.isCollapsed) return null;
  const range = found.getRangeAt(0);
  const met = [...root.querySelectorAll("[data-start]")].filter((piece) => range.intersectsNode(piece));
  if (!met.length) return null;
  const [first, last] = [met[0], met[met.length - 1]];
  // A bound outside the pieces, as a triple click leaves it, stands for the edge of the nearest piece.
  const at = (piece, node, units, edge) => (node.nodeType === Node.TEXT_NODE && piece.contains(node) ? units : edge);
  const characters = (piece, units) => Number(piece.dataset.start) + Array.from(piece.textContent.slice(0, units)).length;
  const start = characters(first, at(first, range.startContainer, range.startOffset, 0));
  const end = characters(last, at(last, range.endContainer, range.endOffset, last.textContent.length));
  return start < end ? { start, end } : null;
}
