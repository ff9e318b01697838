// Who else is on the claim in hand: told from time to time, in a place that is there all the time.
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".people");
  place.claim = data.claim;
  show(place);
  if (place.listening) return;
  place.listening = true;
  window.addEventListener("claims-people", () => show(place));
}

function show(place) {
  const names = window.claimsPeople?.[place.claim] ?? [];
  const words = names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} on this claim` : "";
  if (place.textContent !== words) place.textContent = words;
}
