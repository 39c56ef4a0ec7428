/** The mark of liquidation ground and of maintenance: diagonal lines, so that it needs no colour. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <path d="M0,0H5" stroke="var(--hatch)" strokeWidth={1} opacity={0.75} />
      </pattern>
    </defs>
  );
}
