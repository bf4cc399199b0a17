/** An error boundary. Without it, an error in one of our components would empty Flex's whole page. */

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
