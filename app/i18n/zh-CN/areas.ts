export { formatArea } from "#app/domain/area.ts";
