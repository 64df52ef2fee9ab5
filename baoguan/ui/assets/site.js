// What pages of ours need beyond HTML: the language of the document, the size of type, moving
// between pages without loading everything again, the lightbox, and the kiosk's patience.
(() => {
  "use strict";
  const root = document.documentElement;

  // Streamlit asks two addresses for its server unless it is told the one.
  window.__streamlit = { ...(window.__streamlit || {}), BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin + "/" };

  // -- the document's language and title follow the page that is shown
  function follow() {
    const page = document.querySelector(".bg[data-lang]");
    if (!page) return;
    if (root.lang !== page.dataset.lang) root.lang = page.dataset.lang;
    const title = page.dataset.title ? page.dataset.title + " · 报馆" : "报馆";
    if (document.title !== title) document.title = title;
    pressSizes();
    const filters = document.querySelector(".filters details:not([data-seen])");
    if (filters) {
      filters.dataset.seen = "";
      if (matchMedia("(max-width: 720px)").matches) filters.open = false;
    }
  }
  new MutationObserver(follow).observe(root, { childList: true, subtree: true });

  // -- size of type
  const SIZE = "baoguan-type-size";
  function remembered() {
    try { return localStorage.getItem(SIZE) || "medium"; } catch { return "medium"; }
  }
  function setSize(size) {
    root.dataset.size = size;
    try { localStorage.setItem(SIZE, size); } catch { /* private windows keep nothing */ }
    pressSizes();
  }
  function pressSizes() {
    for (const button of document.querySelectorAll(".sizes button[data-size]")) {
      const pressed = String(button.dataset.size === root.dataset.size);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }
  root.dataset.size = remembered();

  // -- from page to page: Streamlit answers the browser's back and forward, so we go "forward"
  const PATIENCE = 4000; // ms, then the page is loaded the plain way
  let arriving = 0;
  function ours(url) {
    return url.origin === location.origin && !/^\/(iiif|clip|assets|kiosk|health|export|feeds|trends\.csv)(\/|$)/.test(url.pathname);
  }
  function visit(url) {
    const before = document.querySelector(".bg[data-lang]");
    history.pushState({}, "", url);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const ticket = ++arriving;
    const watch = new MutationObserver(() => {
      if (document.querySelector(".bg[data-lang]") !== before || !before.isConnected) settle();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    const late = setTimeout(() => { if (ticket === arriving) location.assign(url); }, PATIENCE);
    function settle() {
      watch.disconnect();
      clearTimeout(late);
      const main = document.querySelector('[data-testid="stMain"]');
      if (main) main.scrollTo(0, 0);
    }
  }
  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || !plainClick(event)) return;
    const size = event.target.closest?.("button[data-size]");
    if (size) return setSize(size.dataset.size);
    const picture = event.target.closest?.(".wall a[data-large]");
    if (picture) {
      event.preventDefault();
      return openLightbox(picture);
    }
    const link = event.target.closest?.("a[href]");
    if (!link || link.hasAttribute("download") || link.target) return;
    if (link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      return document.querySelector(link.getAttribute("href"))?.scrollIntoView({ behavior: still() ? "auto" : "smooth" });
    }
    const url = new URL(link.href);
    if (!ours(url)) return;
    event.preventDefault();
    visit(url);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest(".bg") || form.method !== "get") return;
    event.preventDefault();
    const asked = new URLSearchParams({ lang: root.lang });
    for (const [name, value] of new FormData(form)) if (String(value).trim()) asked.set(name, value);
    visit(new URL(`${form.getAttribute("action")}?${asked}`, location.origin));
  });
  function still() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // -- the lightbox
  const SLIDE = 6000; // ms
  let slides = 0;
  let cameFrom = null;
  const box = () => document.querySelector(".lightbox");
  const wall = () => [...document.querySelectorAll(".wall a[data-large]")];
  function openLightbox(link) {
    cameFrom = link;
    box().hidden = false;
    document.body.style.overflow = "hidden";
    show(wall().indexOf(link));
    box().querySelector('[data-do="next"]').focus();
  }
  function show(index) {
    const links = wall();
    const at = (index + links.length) % links.length;
    const link = links[at];
    const shown = box();
    shown.dataset.at = at;
    const image = shown.querySelector("img");
    image.src = link.dataset.large;
    image.alt = link.dataset.caption || link.dataset.where;
    const caption = shown.querySelector(".caption");
    caption.textContent = link.dataset.caption;
    caption.lang = link.dataset.lang;
    shown.querySelector(".where").textContent = link.dataset.where;
    shown.querySelector("a.go").href = link.href;
    shown.querySelector(".count").textContent = `${at + 1} / ${links.length}`;
  }
  function step(by) { show(Number(box().dataset.at) + by); }
  function play(on) {
    clearInterval(slides);
    slides = on ? setInterval(() => (box() && !box().hidden ? step(1) : play(false)), SLIDE) : 0;
    box()?.querySelector('[data-do="play"]')?.setAttribute("aria-pressed", String(on));
  }
  function closeLightbox() {
    play(false);
    box().hidden = true;
    document.body.style.overflow = "";
    cameFrom?.focus();
  }
  const deeds = {
    previous: () => step(-1), next: () => step(1), close: closeLightbox, play: () => play(!slides),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".lightbox button[data-do]");
    if (button) deeds[button.dataset.do]();
    else if (event.target.matches?.(".lightbox > img")) closeLightbox();
    else if (event.target.closest?.(".lightbox a.go")) { play(false); document.body.style.overflow = ""; }
  });
  document.addEventListener("keydown", (event) => {
    if (!box() || box().hidden) return;
    const deed = { ArrowLeft: "previous", ArrowRight: "next", Escape: "close", " ": "play" }[event.key];
    if (!deed || (event.key === " " && event.target.closest("button"))) return;
    event.preventDefault();
    deeds[deed]();
  });

  // -- the kiosk goes back to its first screen when nobody touches it
  if (root.dataset.role === "kiosk" || new URL(location.href).searchParams.has("kiosk")) {
    const IDLE = Number(new URL(location.href).searchParams.get("idle")) || 90; // seconds
    const WARNING = 20;
    const words = {
      "zh-Hans": ["还在看吗？", "继续看"], "zh-Hant": ["還在看嗎？", "繼續看"], en: ["Are you still there?", "Go on"],
    };
    let touched = Date.now();
    let notice = null;
    const touch = () => { touched = Date.now(); notice?.remove(); notice = null; };
    for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) {
      document.addEventListener(name, touch, { passive: true });
    }
    document.addEventListener("contextmenu", (event) => event.preventDefault());
    setInterval(() => {
      const left = Math.ceil(IDLE - (Date.now() - touched) / 1000);
      if (left <= 0) return location.replace("/kiosk/");
      if (left > Math.min(WARNING, IDLE / 2)) return;
      if (!notice) {
        const [question, answer] = words[root.lang] || words.en;
        notice = document.createElement("div");
        notice.className = "bg-idle";
        notice.innerHTML = "<p></p><p></p><button type='button'></button>";
        notice.children[0].textContent = question;
        notice.children[2].textContent = answer;
        document.body.append(notice);
      }
      notice.children[1].textContent = left;
    }, 500);
  }
})();
