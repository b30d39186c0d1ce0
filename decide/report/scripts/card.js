// A card beside a link to a number: how it is written, its source, date and grade, what it drives.

const LINGERS = 150; // milliseconds that a card stays after the pointer leaves, to reach it

function cards() {
  const card = element("aside", { id: "card", role: "tooltip", hidden: true });
  document.body.append(card);
  let shownFor = null, leaving = 0;

  // What a row says: each cell under the heading of its column.
  function said(row) {
    const heads = [...row.closest("table").querySelectorAll("thead th")].slice(1);
    const cells = [...row.querySelectorAll("td")];
    return cells.flatMap((cell, i) => {
      const text = [...cell.childNodes].map(node => titleOf(node) ?? node.textContent).join(" ").trim();
      return text ? [[heads[i].textContent, text]] : [];
    });
  }

  function titleOf(node) {
    const row = node.hash && byId(node.hash.slice(1));
    return row?.closest(".publications") && row.cells[1].textContent;
  }

  function fill(row, href) {
    const lines = said(row), file = row.closest("tbody").querySelector("tr > th[colspan] code");
    if (file) lines[lines.length - 1][1] = `${file.textContent}:${lines[lines.length - 1][1]}`;
    const driver = document.querySelector(`.moves th a[href=${JSON.stringify(href)}]`)?.closest("tr");
    const caption = driver?.closest("table").caption.textContent;
    const moved = driver ? said(driver).slice(0, 4).map(pair => pair.join(" ")).join("; ") : "";
    card.replaceChildren(element("b", {}, row.cells[0].textContent),
      element("dl", {}, ...[...lines, ...(driver ? [[caption, moved]] : [])].flatMap(([name, text]) =>
        [element("dt", {}, name), element("dd", {}, text)])));
  }

  function show(link) {
    const href = link.getAttribute("href"), row = byId(href.slice(1));
    clearTimeout(leaving);
    if (link === shownFor || !row?.matches("table.inputs tr")) return;
    hide();
    fill(row, href);
    shownFor = link;
    link.setAttribute("aria-describedby", "card");
    card.hidden = false;
    const at = link.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    const isBelow = at.bottom + card.offsetHeight + 8 < innerHeight || at.top < card.offsetHeight;
    card.style.left = `${Math.max(8, Math.min(at.left, wide - card.offsetWidth - 8)) + scrollX}px`;
    card.style.top = `${(isBelow ? at.bottom : at.top - card.offsetHeight) + scrollY}px`;
  }

  function hide() {
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    card.hidden = true;
  }

  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, LINGERS); };
  const linkOf = event => event.target.closest?.("a[href^='#']");
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    if (card.contains(event.target)) clearTimeout(leaving);
    else if (linkOf(event)) show(linkOf(event));
    else if (shownFor) leave();
  });
  document.addEventListener("focusin", event => { if (linkOf(event)) show(linkOf(event)); else hide(); });
  document.addEventListener("click", hide);
  addEventListener("wheel", hide, { passive: true });
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
}

cards();
