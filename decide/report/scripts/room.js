// For the room: one section a screen in large type, and a search over headings and rows.

const MOST_FOUND = 12;

function present() {
  const sections = [...document.querySelectorAll("header.top, main > section")];
  let shown = -1;
  function show(n) {
    shown = Math.min(Math.max(n, 0), sections.length - 1);
    sections.forEach((section, i) => section.classList.toggle("now", i === shown));
    byId("room-place").textContent = `${shown + 1} / ${sections.length}`;
    scrollTo(0, 0);
  }
  function begin() {
    const here = sections.findLastIndex(section => section.offsetTop <= scrollY + 100);
    document.body.classList.add("present");
    byId("room-bar").hidden = false;
    show(here);
    byId("room-next").focus();
  }
  function end() {
    document.body.classList.remove("present");
    byId("room-bar").hidden = true;
    sections[shown].scrollIntoView();
    byId("room-begin").focus();
  }
  byId("room-begin").addEventListener("click", begin);
  byId("room-end").addEventListener("click", end);
  byId("room-next").addEventListener("click", () => show(shown + 1));
  byId("room-back").addEventListener("click", () => show(shown - 1));
  const keys = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  addEventListener("keydown", event => {
    const isOurs = document.body.classList.contains("present") && !event.target.closest("input, select, textarea");
    if (!isOurs || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") end();
    else if (event.key === "PageDown" && scrollY + innerHeight < document.documentElement.scrollHeight - 4) return;
    else if (event.key === "PageUp" && scrollY > 4) return;
    else if (event.key in keys) show(shown + keys[event.key]);
    else return;
    event.preventDefault();
  });
  addEventListener("click", event => {
    const target = event.target.closest?.("a[href^='#']") && byId(event.target.closest("a").hash.slice(1));
    const there = target ? sections.findIndex(section => section.contains(target)) : -1;
    if (there >= 0 && document.body.classList.contains("present")) show(there);
  });
}

function search() {
  const places = lazily(() => [...document.querySelectorAll("main h2, main h3, main tr[id] > th")].map(head => {
    const place = head.closest("tr[id]") ?? (head.id ? head : head.closest("[id]"));
    const section = head.closest("section").querySelector("h2").firstChild.textContent.trim();
    const text = head.textContent.trim();
    const all = (head.closest("tr[id]") ?? head).textContent.toLowerCase();
    const block = head.closest("tbody")?.querySelector("th[colspan]")?.firstChild;
    const owner = block?.nodeType === Node.TEXT_NODE ? block.textContent.trim() : "";
    return { text: !owner ? text : `${text} \u00b7 ${owner}`, all, href: `#${place.id}`, section: section === text ? "" : section };
  }));
  byId("room-find").addEventListener("input", event => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isIn = text => words.every(word => text.includes(word));
    const found = words.length ? places().filter(({ all }) => isIn(all)) : [];
    found.sort((a, b) => isIn(b.text.toLowerCase()) - isIn(a.text.toLowerCase())); // by name first
    const list = byId("room-found");
    list.replaceChildren(...found.slice(0, MOST_FOUND).map(({ text, href, section }) =>
      element("li", {}, element("a", { href }, text), section ? element("small", {}, ` ${section}`) : null)));
    if (found.length > MOST_FOUND) list.append(element("li", {}, `\u2026 +${found.length - MOST_FOUND}`));
    if (words.length && !found.length) list.append(element("li", {}, list.dataset.none));
  });
}

present();
search();
byId("room").hidden = false;
