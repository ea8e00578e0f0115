// Starts the components of both libraries.  Every journey works without this file.
import { initAll } from "./govuk-frontend.min.js";
import { initAll as initCasework } from "./moj-frontend.min.js";

initAll();
initCasework();
