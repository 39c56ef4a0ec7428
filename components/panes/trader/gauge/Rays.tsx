import styles from './Gauge.module.css';
import type { Ray } from './Gauge.state.ts';
import { arrowHead, type DrawnRay, drawnRay, type Plot } from './plot.ts';

/** The joint way thick, the market's and the nearest asset's thin, each at its true length and lean. */
export function Rays({ plot, rays }: { plot: Plot; rays: readonly Ray[] }) {
  const drawn = rays.map((ray) => drawnRay(plot, ray));
  return (
    <>
      {drawn
        .filter((ray) => ray.kind !== 'joint')
        .map((ray) => (
          <g key={ray.kind}>
            <path d={`M${plot.centre},${plot.surface}L${ray.x},${ray.y}`} stroke="var(--text-3)" />
            {ray.isCut && <path d={arrowHead(ray)} fill="var(--text-3)" />}
            <RayLabel plot={plot} ray={ray} />
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

/** At the end of its ray, on the side that leans away from the joint one, never over the edge. */
function RayLabel({ plot, ray }: { plot: Plot; ray: DrawnRay }) {
  const isLeft = ray.angle < 0;
  const y = Math.max(plot.surface + 24, Math.min(plot.height - 6, ray.isCut ? ray.y + 15 : ray.y - 9));
  const x = isLeft ? Math.max(plot.divide + 6, ray.x - 40) : Math.min(plot.width - 40, ray.x + 4);
  return (
    <text x={x} y={y} className={styles.words}>
      {ray.label}
    </text>
  );
}
