import styles from './Gauge.module.css';
import type { Ray } from './Gauge.state.ts';
import { arrowHead, type DrawnRay, drawnRay, type Plot } from './plot.ts';

/** With one asset all ways are one: a ray this close to the joint one would only hide it. */
const LEAN_MIN = 0.06;

interface RaysProps {
  plot: Plot;
  rays: readonly Ray[];
  /** Base line of words that stand at the right edge already. */
  takenY: number | undefined;
}

/** The joint way thick, the market's and the nearest asset's thin, each at its true length and lean. */
export function Rays({ plot, rays, takenY }: RaysProps) {
  const drawn = rays.map((ray) => drawnRay(plot, ray));
  return (
    <>
      {drawn
        .filter((ray) => ray.kind !== 'joint' && Math.abs(ray.angle) > LEAN_MIN)
        .map((ray) => (
          <g key={ray.kind}>
            <path d={`M${plot.centre},${plot.surface}L${ray.x},${ray.y}`} stroke="var(--text-3)" />
            {ray.isCut && <path d={arrowHead(ray)} fill="var(--text-3)" />}
            <RayLabel plot={plot} ray={ray} takenY={takenY} />
          </g>
        ))}
      {drawn
        .filter((ray) => ray.kind === 'joint' && ray.y > plot.surface)
        .map((ray) => (
          <g key="joint">
            <path d={`M${plot.centre},${plot.surface}V${ray.y}`} className={styles.jointRay} />
            <path
              d={`M${ray.x - 5},${ray.y - 6}L${ray.x},${ray.y}L${ray.x + 5},${ray.y - 6}`}
              className={styles.jointHead}
            />
            {ray.y - plot.surface > 34 && (
              <text
                x={ray.x - 8}
                y={plot.surface + (ray.y - plot.surface) * 0.6}
                textAnchor="end"
                className={styles.jointWord}
              >
                joint
              </text>
            )}
          </g>
        ))}
    </>
  );
}

const LABEL_PX = 62;
const LINE_PX = 12;

/** At the end of its ray, on the side that leans away from the joint one, never over the edge. */
function RayLabel({ plot, ray, takenY }: { plot: Plot; ray: DrawnRay; takenY: number | undefined }) {
  const isLeft = ray.angle < 0;
  const ownY = Math.max(plot.surface + 24, Math.min(plot.height - 6, ray.isCut ? ray.y + 15 : ray.y - 9));
  const isTaken = !isLeft && takenY !== undefined && Math.abs(ownY - takenY) < LINE_PX;
  const y = isTaken ? takenY - LINE_PX : ownY;
  const isAtEdge = isLeft ? ray.x < plot.divide + LABEL_PX : ray.x > plot.width - LABEL_PX;
  const edge = isLeft ? plot.divide + 6 : plot.width - 6;
  // Beside the end of the ray, or along the edge when there is no room for it.
  const x = isAtEdge ? edge : ray.x + (isLeft ? -5 : 5);
  return (
    <text x={x} y={y} textAnchor={isLeft === isAtEdge ? 'start' : 'end'} className={styles.words}>
      {ray.label}
    </text>
  );
}
