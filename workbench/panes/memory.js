// What is kept in this browser, so that a reload of the page need not ask again: who sits at it, and what it showed last.
// The server asks once a session. An answer that comes while the page is drawn may be lost on its way: it is given again
// until the server no longer asks.
const AGAIN = 1000; // milliseconds
const waiting = new Map();

export default function ({ data, setTriggerValue }) {
  const place = `claims-workbench-${data.what}`;
  clearTimeout(waiting.get(place));
  const answer = (kept) => {
    setTriggerValue("recalled", kept);
    waiting.set(place, setTimeout(() => answer(kept), AGAIN));
  };
  try {
    if (data.value) localStorage.setItem(place, data.value);
    else if (!data.asks) localStorage.removeItem(place);
    else if (localStorage.getItem(place)) answer(localStorage.getItem(place));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
  return () => clearTimeout(waiting.get(place)); // the screen is left
}
