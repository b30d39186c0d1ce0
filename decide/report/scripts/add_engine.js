// Starts the live part, whose script stands in the page deflated; the page's policy knows its hash.

async function addEngine() {
  const script = document.createElement("script");
  script.textContent = await unpacked("live-engine");
  document.body.append(script);
}

if (byId("live-engine") && globalThis.DecompressionStream) addEngine();
