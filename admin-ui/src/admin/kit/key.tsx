/** A key to press, beside what it does; `aria-keyshortcuts` says it to whoever does not see it. */
export function Key({ name }: { name: string }) {
  return (
    <span className="key" aria-hidden="true">
      {name}
    </span>
  );
}
