// The way in leads through a provider's pages, which come back to the front of the desk. Where a link was followed, its
// address is kept in this tab at the door, and opened once whoever followed it is inside.
const PLACE = "claims-workbench-way";

export default function ({ data }) {
  const { pathname, search } = window.location;
  try {
    if (!data.inside) {
      if (pathname !== "/" || search) sessionStorage.setItem(PLACE, pathname + search);
      return;
    }
    const way = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (way && way !== pathname + search) window.location.replace(window.location.origin + way);
  } catch {
    // A browser that keeps nothing opens the front of the desk.
  }
}
