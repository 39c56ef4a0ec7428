const ID = 'react-aria-pressable-style';

/**
 * React Aria adds a style element for touch when its first pressable thing appears, unless one with this
 * id is there. The page's policy refuses style elements, so one line of `PickList.module.css` stands for
 * it, and an empty element holds the place.
 */
export function holdReactAriaStyle(): void {
  if (document.getElementById(ID) !== null) return;
  const place = document.createElement('meta');
  place.id = ID;
  document.head.append(place);
}
