/** How a language writes dates, times and numbers: each made once, for to make one takes as long as a hundred uses. */

/** In English where the machine does not know the language. */
export const longDateIn = onceFor(
  (language) => new Intl.DateTimeFormat([language, "en"], { dateStyle: "long", timeZone: "UTC" }),
);
/** The same. */
export const clockIn = onceFor(
  (language) =>
    new Intl.DateTimeFormat([language, "en"], { hour: "numeric", minute: "2-digit", timeZone: "UTC" }),
);
export const numbersIn = onceFor((language) => new Intl.NumberFormat(language));
export const pluralsIn = onceFor((language) => new Intl.PluralRules(language));

function onceFor<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}
