// Beside a frame with Postrider's sign-up form: keeps the frame as high as the form.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const frames = () => Array.from(document.getElementsByTagName("iframe"))
    .filter((frame) => frame.src.startsWith(origin + "/embed/"));
  window.addEventListener("message", (event) => {
    const height = event.data?.height;
    if (event.origin !== origin || event.data?.postrider !== "height" || !Number.isFinite(height)) return;
    for (const frame of frames())
      if (frame.contentWindow === event.source) frame.style.height = Math.min(Math.max(height, 100), 4000) + "px";
  });
  // Forms that were there before this script said it to nobody.
  const ask = () => frames().forEach((frame) => frame.contentWindow?.postMessage({ postrider: "tell" }, origin));
  ask();
  document.addEventListener("DOMContentLoaded", ask);
})();
