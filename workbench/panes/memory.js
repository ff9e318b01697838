// Who sits at this browser, kept in it, so that a reload of the page need not ask again. The server asks once a session.
export default function ({ data, setTriggerValue }) {
  const place = "claims-workbench-person";
  try {
    if (data.person) localStorage.setItem(place, data.person);
    else if (data.asks && localStorage.getItem(place)) setTriggerValue("recalled", localStorage.getItem(place));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
