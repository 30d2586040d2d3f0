// The page's two live regions and the one voice that writes to them.

import { Announcer } from "../core/announce";

export const regions = $state({ polite: "", assertive: "" });
export const voice = new Announcer((spoken) => Object.assign(regions, spoken));
