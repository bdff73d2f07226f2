/** A procedure as it is drawn, and on a narrow screen from top to bottom; scrolls where it is wider. `source` is an address with a query. */
export function Drawing({ source, label, alt }: { readonly source: string; readonly label: string; readonly alt: string }) {
  return (
    <div className="mt-diagram" tabIndex={0} role="region" aria-label={label}>
      <picture>
        <source media="(max-width: 900px)" srcSet={`${source}&direction=down`} />
        <img src={source} alt={alt} />
      </picture>
    </div>
  )
}
