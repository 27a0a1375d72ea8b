// The sign-up form. In a frame it tells the page around it how high it is.
if (window.parent !== window) {
  const tell = () => window.parent.postMessage(
    { postrider: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
  window.addEventListener("message", (event) => { if (event.data?.postrider === "tell") tell(); });
  tell();
}

// While programs flood us it works for the sign-up: it looks for the number that, after the token, has the digest.
const form = document.querySelector("form[data-token]");
if (form && window.crypto?.subtle) {
  const { token, digest, guesses } = form.dataset;
  const busy = form.querySelector("[data-busy]");
  const batch = 500;
  let work;

  const has = async (number) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token + ":" + number));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("") === digest;
  };
  const solve = async () => {
    for (let from = 0; from < Number(guesses); from += batch) {
      const hits = await Promise.all(Array.from({ length: batch }, (_, i) => has(from + i)));
      const hit = hits.indexOf(true);
      if (hit >= 0) return from + hit;
      busy.textContent = "Calculating: " + Math.round(100 * from / Number(guesses)) + " %";
      await new Promise((resume) => setTimeout(resume));
    }
    return "";
  };

  form.querySelector("[data-helpless]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    work ??= solve();
    form.elements.proofNumber.value = await work;
    busy.textContent = "";
    // A form sent by a script says nothing of the button that was pressed.
    if (button?.name) {
      const pressed = Object.assign(document.createElement("input"),
        { type: "hidden", name: button.name, value: button.value });
      form.append(pressed);
    }
    form.submit();
  });
}
