/** Around each of our components in Flex: one that fails is gone, where Flex by itself would be gone as a whole. */

import React from "react";

interface GuardProps {
  readonly report: (error: unknown) => void;
}

export class Guard extends React.Component<GuardProps, { readonly hasFailed: boolean }> {
  state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  componentDidCatch(error: unknown): void {
    this.props.report(error);
  }

  render() {
    return this.state.hasFailed ? null : this.props.children;
  }
}
