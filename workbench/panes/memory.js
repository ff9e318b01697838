// What is kept in this browser, so that a reload of the page need not ask again: who sits at it, and what it showed last.
// The server asks once a session.
export default function ({ data, setTriggerValue }) {
  const place = `claims-workbench-${data.what}`;
  try {
    if (data.value) localStorage.setItem(place, data.value);
    else if (!data.asks) localStorage.removeItem(place);
    else if (localStorage.getItem(place)) setTriggerValue("recalled", localStorage.getItem(place));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
