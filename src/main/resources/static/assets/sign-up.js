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
if (form) {
  const { token, digest, guesses } = form.dataset;
  const busy = form.querySelector("[data-busy]");
  const batch = 5000;
  let work;

  // SHA-256 (FIPS 180-4) of a short ASCII text: pages without https, and frames in them, have no crypto.subtle.
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (x) => ((x % 1) * 2 ** 32) | 0;
  const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const schedule = new Int32Array(64);
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  const sha256 = (text) => {
    const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16);
    for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    words[words.length - 1] = text.length * 8;
    const hash = Int32Array.from(start);
    for (let block = 0; block < words.length; block += 16) {
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i++) {
        if (i < 16) schedule[i] = words[block + i];
        else {
          const x = schedule[i - 15], y = schedule[i - 2];
          schedule[i] = schedule[i - 16] + schedule[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3))
            + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
        }
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + schedule[i];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] += value; });
    }
    return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };

  const solve = async () => {
    for (let number = 0; number < Number(guesses); number++) {
      if (sha256(token + ":" + number) === digest) return number;
      if (number % batch === 0) {
        busy.textContent = busy.dataset.busy.replace("{0}", Math.round(100 * number / Number(guesses)));
        await new Promise((resume) => setTimeout(resume));
      }
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
