"use strict";
// What the pages cannot do by themselves: remember the reader's choice of colours in this browser.
window.workerpool = {
  theme: () => localStorage.getItem("workerpool-theme"),
  setTheme: (name) => localStorage.setItem("workerpool-theme", name),
};
