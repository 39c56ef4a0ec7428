/** Room of the rows that are not drawn; its height goes through the DOM, because the page's policy drops style attributes. */
export function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr
        ref={(element) => {
          if (element !== null) element.style.height = `${height}px`;
        }}
      />
    </tbody>
  );
}
