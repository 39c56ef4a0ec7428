export interface LiveRegionProps {
  /** Said when it changes; keep it to what a person must know now. */
  words: string;
  /** Interrupts what is being read: only for danger. */
  isUrgent?: boolean;
}

/** Says its words to screen readers without taking room or focus. */
export function LiveRegion({ words, isUrgent = false }: LiveRegionProps) {
  return (
    <div className="visually-hidden" role={isUrgent ? 'alert' : 'status'}>
      {words}
    </div>
  );
}
