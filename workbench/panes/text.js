// The article with its claims marked. Pieces come as data and are written with textContent, so nothing in them is
// ever markup. Offsets are counted in characters as Python counts them, not in JavaScript's UTF-16 units.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article-text");

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const piece = ({ text, start, claims, colour }) => {
    const chosen = claims.includes(data.chosen);
    const made = element(claims.length ? "mark" : "span", [colour, chosen && "chosen"].filter(Boolean).join(" "), text);
    made.dataset.start = start;
    if (claims.length) {
      // Where claims overlap, each click goes on to the next of them.
      const next = claims[(claims.indexOf(data.chosen) + 1) % claims.length];
      made.tabIndex = 0;
      made.setAttribute("role", "button");
      made.title = colour ? data.words[colour] : "Claim, not marked yet";
      made.onclick = () => document.getSelection().isCollapsed && setTriggerValue("chosen", next);
      made.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        setTriggerValue("chosen", next);
      };
    }
    return made;
  };

  const paragraph = (pieces, tag = "p") => {
    const made = element(tag, "");
    made.append(...pieces.map(piece));
    return made;
  };

  const furniture = (pieces) => {
    const made = element("details", "furniture");
    made.append(element("summary", "", `${pieces.length} ${pieces.length === 1 ? "line" : "lines"} of the page’s furniture, not checked`));
    made.append(...pieces.map((pieces) => paragraph(pieces)));
    return made;
  };

  const drawn = [element("div", "about", data.about)];
  if (data.title) drawn.push(element("h1", "", data.title));
  if (data.byline) drawn.push(element("div", "by", data.byline));
  data.blocks.forEach((block) =>
    drawn.push(block.furniture ? furniture(block.paragraphs) : paragraph(block.pieces, block.heading ? "h1" : "p")));
  const take = element("button", "take", "Add as a claim");
  root.replaceChildren(...drawn, take);

  const centre = root.querySelector("mark.chosen");
  const place = `${data.article}:${data.chosen}`;
  if (centre && root.dataset.place !== place) {
    // Only the pane scrolls, never the page behind it: scrollIntoView would move both.
    const pane = root.closest(".st-key-pane-text");
    const [mark, view] = [centre.getBoundingClientRect(), pane.getBoundingClientRect()];
    pane.scrollTop += (mark.top + mark.bottom - view.top - view.bottom) / 2;
    root.dataset.place = place;
    document.querySelector(".st-key-pane-form")?.scrollTo(0, 0); // another claim: its form from the top
  }

  // Where a point of the selection stands in the article, in characters.
  const offset = (node, at) => {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!holder || !root.contains(holder)) return null;
    const within = node.nodeType === Node.TEXT_NODE ? node.textContent.slice(0, at) : "";
    return Number(holder.dataset.start) + Array.from(within).length;
  };
  const selection = () => {
    const found = document.getSelection();
    if (!found || found.isCollapsed) return null;
    const range = found.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? { start, end } : null;
  };
  root.onmouseup = root.onkeyup = (event) => {
    if (event.target === take) return;
    const found = selection();
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
