// A file of readers is sent as it is, larger than a form may be. All else htmx renews by itself.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const file = form.matches("form[data-upload]") && form.elements.file.files[0];
  if (!file) return;
  event.preventDefault();
  const csrf = document.querySelector("meta[name=csrf]");
  const error = form.querySelector("[data-error]"), progress = form.querySelector("[data-progress]"), button = form.querySelector("button");
  const words = new URLSearchParams({ newsletter: form.elements.newsletter.value, source: form.elements.source.value, name: file.name });
  error.textContent = "";
  progress.textContent = "Sending and reading the file…";
  button.disabled = true;
  try {
    const answer = await fetch(`${form.getAttribute("action")}?${words}`, { method: "POST", body: file, headers: { "Content-Type": "text/csv", [csrf.dataset.header]: csrf.content } });
    const read = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    if (answer.ok && read.page) return window.location.assign(read.page);
    error.textContent = read.error || "The file was not taken. Log in anew and try again; a proxy in between may also limit its size.";
  } catch {
    error.textContent = "The file did not arrive whole. Look at your connection and send it again.";
  }
  progress.textContent = "";
  button.disabled = false;
});
