/** The minifier shortens the name of this variable, but not `React.createElement`. */

import React from "react";

export const h = React.createElement;
