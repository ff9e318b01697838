// The queue: one row a claim. Rows come as data and are written with textContent, so nothing in them is ever markup.
export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".queue");
  const chosenAt = data.rows.findIndex((row) => row.id === data.chosen);

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const drawn = data.rows.map((row, index) => {
    const item = element("li", index === chosenAt ? "row chosen" : "row");
    item.id = `queue-${row.id}`;
    item.dataset.claim = row.id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(index === chosenAt));
    const left = element("div", "");
    left.append(element("div", "words", row.claim));
    const about = element("div", "about");
    row.tags.forEach((tag) => about.append(element("span", "tag", tag)));
    if (row.verdict) about.append(element("span", `verdict ${row.colour}`, `${row.mark} ${row.verdict}`));
    about.append(document.createTextNode((row.verdict && row.note ? " · " : "") + row.note));
    left.append(about);
    const weight = element("div", "weight", row.weight);
    weight.title = "How much it is worth checking, from 0 to 1";
    const bar = element("div", "bar");
    const fill = element("span", "fill");
    fill.style.width = `${Math.round(100 * row.share)}%`;
    bar.append(fill);
    weight.append(bar);
    item.append(left, weight);
    item.onclick = () => setTriggerValue("chosen", row.id);
    return item;
  });
  list.replaceChildren(...drawn);

  if (chosenAt >= 0) {
    list.setAttribute("aria-activedescendant", `queue-${data.chosen}`);
    // Only the pane scrolls, never the page behind it: scrollIntoView would move both.
    const pane = list.getRootNode().host.closest(".st-key-pane-queue");
    const [row, view] = [drawn[chosenAt].getBoundingClientRect(), pane.getBoundingClientRect()];
    const head = list.getRootNode().host.closest(".st-key-pane-queue").querySelector(".st-key-steps").offsetHeight;
    if (row.top < view.top + head) pane.scrollTop += row.top - view.top - head;
    else if (row.bottom > view.bottom) pane.scrollTop += row.bottom - view.bottom;
  }
  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && data.rows[chosenAt + step];
    if (!next) return;
    event.preventDefault();
    setTriggerValue("chosen", next.id);
  };
}
