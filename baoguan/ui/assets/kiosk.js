// Nothing but the guard of a touch screen: no menu, and a fresh front page after midnight.
document.addEventListener("contextmenu", (event) => event.preventDefault());
const day = new Date().toDateString();
setInterval(() => { if (new Date().toDateString() !== day) location.reload(); }, 60000);
