// What scrolls in itself is a stop of the keyboard only while something in it is out of sight; without scripts always.
(() => {
  "use strict";

  function settle({ target }) {
    if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }

  // told once for each when the page opens, and again when a fold opens or the window changes
  const sized = new ResizeObserver((entries) => entries.forEach(settle));
  document.querySelectorAll("[role='region'][tabindex='0']").forEach((each) => sized.observe(each));
})();
