/** Whether nobody sees the page: its tab is in the background, or its window is minimized. */
export const isPageHidden = (): boolean => document.visibilityState === "hidden";
