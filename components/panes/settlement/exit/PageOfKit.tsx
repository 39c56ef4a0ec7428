/** Two files to keep beside the kit: they check it and make its transactions without the desk. */
export function PageOfKit() {
  return (
    <tr>
      <th scope="row">Checked and used by</th>
      <td>
        <a href="/exit.html" download>
          exit.html
        </a>
      </td>
      <td>
        <a href="/exit.js" download>
          exit.js
        </a>
      </td>
    </tr>
  );
}
