// Streamlit (1.67) makes a number format for each figure of a table, which takes as long as all the rest of the table: one of each is enough.

if (!window.numberFormats) {
  window.numberFormats = new Map();
  Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
    construct(Format, [locales, options]) {
      const kind = JSON.stringify([locales, options]);
      if (!window.numberFormats.has(kind)) window.numberFormats.set(kind, new Format(locales, options));
      return window.numberFormats.get(kind);
    },
  });
}
