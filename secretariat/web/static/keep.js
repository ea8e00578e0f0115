// Keeps what is typed into a long form, and warns before it is left.  The form works without it.
const WAIT = 3000;

for (const form of document.querySelectorAll("form[data-keep-at]")) {
  const told = form.querySelector("[data-kept]");
  let waiting = 0;
  let unsaved = false;

  const sent = () => {
    const fields = new FormData(form);
    fields.delete("keep");
    return fields;
  };
  const keep = async () => {
    waiting = 0;
    try {
      const answer = await fetch(form.dataset.keepAt, { method: "POST", body: sent() });
      const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      told.textContent = answer.ok
        ? `Kept for you at ${at}, not saved yet.`
        : "What you type cannot be kept now: save it before you leave.";
    } catch {
      told.textContent = "What you type cannot be kept now: save it before you leave.";
    }
  };

  form.addEventListener("input", () => {
    unsaved = true;
    waiting = waiting || setTimeout(keep, WAIT);
  });
  const done = () => {
    clearTimeout(waiting);
    waiting = 0;
    unsaved = false;
  };
  form.addEventListener("submit", done);
  for (const other of document.querySelectorAll("form[data-forgets]")) {
    other.addEventListener("submit", done);
  }
  addEventListener("pagehide", () => {
    if (waiting) navigator.sendBeacon(form.dataset.keepAt, sent());
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
