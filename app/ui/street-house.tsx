import { floorHeight, houseWidths, roofHeight, shaftWidth, type PlacedHouse } from "./skyline-streets.ts";

/** One house on its street, with its plant and its lift; `StreetShapes` of the same name must be in the same drawing. */
export function StreetHouse({ placed, scale = 1, name = "sky" }: { placed: PlacedHouse; scale?: number; name?: string }) {
  const { house, x, y, floors, width, pitched, plant } = placed;
  return (
    <g transform={`translate(${x} ${y})${scale === 1 ? "" : ` scale(${scale})`}`}>
      {plant && <use href={`#${name}-${plant}`} x={width + (house.car === null ? 1 : 9)} />}
      <use href={`#${name}-${shapeOf(floors, width, pitched)}`} />
      {house.car !== null && (
        <Lift x={width} top={-floors * floorHeight - roofHeight(pitched) - 2} car={house.car} flag={house.inUse} />
      )}
    </g>
  );
}

function Lift({ x, top, car, flag }: { x: number; top: number; car: number; flag?: boolean }) {
  const carHeight = 10;
  const y = -1.5 - carHeight + (top + 3 + carHeight) * Math.min(1, Math.max(0, car));
  return (
    <>
      <path className="skyline-shaft" d={`M${x} 0V${top}h${shaftWidth}V0z`} />
      <rect className="skyline-car" x={x + 1.75} y={Number(y.toFixed(1))} width="5" height={carHeight} rx="1.5" />
      {flag && <path className="skyline-flag" d={`M${x + 4.25} ${top}v-13h10l-3 3.5 3 3.5h-10`} />}
    </>
  );
}

const shapeOf = (floors: number, width: number, pitched: boolean) => `${floors}-${width}${pitched ? "-p" : ""}`;

/** Each kind of house once; they stand on the origin. All windows are alike. */
export function StreetShapes({ placed, name = "sky" }: { placed: readonly PlacedHouse[]; name?: string }) {
  const kinds = new Map(placed.map((one) => [shapeOf(one.floors, one.width, one.pitched), one]));
  return (
    <defs>
      {[...kinds].map(([id, { floors, width, pitched }]) => (
        <g key={id} id={`${name}-${id}`}>
          <path className="skyline-wall" d={`M0 0V${-floors * floorHeight}h${width}V0z`} />
          <path className="skyline-window" d={windowsOf(floors, width)} />
          <path className="draw-door" d={`M${width / 2 - 2.5} 0v-6.5h5V0z`} />
          <path
            className="draw-roof"
            d={
              pitched
                ? `M-2.5 ${-floors * floorHeight}l5-${roofHeight(pitched)}h${width - 5}l5 ${roofHeight(pitched)}z`
                : `M-1.5 ${-floors * floorHeight}v-${roofHeight(pitched)}h${width + 3}v${roofHeight(pitched)}z`
            }
          />
        </g>
      ))}
      <g id={`${name}-tree`}>
        <path className="skyline-trunk" d="M8 0v-14" />
        <circle className="draw-leaf-2" cx="8" cy="-18" r="8" />
        <circle className="draw-leaf" cx="6" cy="-20" r="4.5" />
      </g>
      <g id={`${name}-poplar`}>
        <path className="skyline-trunk" d="M6 0v-10" />
        <ellipse className="draw-leaf-2" cx="6" cy="-19" rx="5" ry="14" />
        <ellipse className="draw-leaf" cx="5" cy="-21" rx="2.6" ry="9" />
      </g>
      <path id={`${name}-bush`} className="draw-leaf-2" d="M0 0a5 5 0 0 1 5-6 5.5 5.5 0 0 1 10 2 4 4 0 0 1 1 4z" />
    </defs>
  );
}

function windowsOf(floors: number, width: PlacedHouse["width"]): string {
  const columns = houseWidths.indexOf(width) + 3;
  const pitch = width / columns;
  return Array.from({ length: floors }, (_, floor) =>
    Array.from({ length: columns }, (_, column) => {
      const middle = floor === 0 && Math.abs((column + 0.5) * pitch - width / 2) < 4;
      return middle ? "" : `M${((column + 0.5) * pitch - 2.4).toFixed(1)} ${-floor * floorHeight - 7}h4.8v4.2h-4.8z`;
    }).join(""),
  ).join("");
}
