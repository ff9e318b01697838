// The article with its claims marked. Pieces come as data and are written with textContent, so nothing in them is
// ever markup. Offsets are counted in characters as Python counts them, not in JavaScript's UTF-16 units.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article-text");
  root.latest = data; // the handlers outlive a drawing
  const drawing = JSON.stringify([data.title, data.about, data.byline, data.blocks]);
  if (root.drawing !== drawing) draw(root, data, setTriggerValue);
  root.drawing = drawing;
  choose(root, data);
}

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
    if (!claims.length) return made;
    // Where claims overlap, each click goes on to the next of them.
    const next = () => claims[(claims.indexOf(root.latest.chosen) + 1) % claims.length];
    made.tabIndex = 0;
    made.setAttribute("role", "button");
    made.title = verdict || "Claim, not marked yet";
    made.onclick = () => document.getSelection().isCollapsed && setTriggerValue("chosen", next());
    made.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      setTriggerValue("chosen", next());
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
  const take = element("button", "take", "Add as a claim");
  root.replaceChildren(...drawn, take);

  root.onmouseup = root.onkeyup = (event) => {
    if (event.target === take) return;
    const found = selection(root);
    take.style.display = found ? "block" : "none";
    if (!found) return;
    const box = root.getBoundingClientRect();
    take.style.left = `${Math.min(Math.max(event.clientX - box.left || 0, 0), box.width - 130)}px`;
    take.style.top = `${(event.clientY || box.top) - box.top + 16}px`;
    take.onclick = () => {
      take.style.display = "none";
      setTriggerValue("passage", found);
    };
  };
}

// The chosen claim is coloured, and in the middle of the pane when it is newly chosen.
function choose(root, data) {
  root.querySelectorAll("mark").forEach((mark) =>
    mark.classList.toggle("chosen", mark.dataset.claims.split(" ").includes(data.chosen)));
  const centre = root.querySelector("mark.chosen");
  const place = `${data.article}:${data.chosen}`;
  if (!centre || root.dataset.place === place) return;
  // Only the pane scrolls, never the page behind it: scrollIntoView would move both.
  const pane = root.closest(".st-key-pane-text");
  const [mark, view] = [centre.getBoundingClientRect(), pane.getBoundingClientRect()];
  pane.scrollTop += (mark.top + mark.bottom - view.top - view.bottom) / 2;
  root.dataset.place = place;
  document.querySelector(".st-key-pane-form")?.scrollTo(0, 0); // another claim: its form from the top
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
