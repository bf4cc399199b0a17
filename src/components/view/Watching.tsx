/** Looks once a second, while the view is open and can be seen, and draws only when it has seen something new. */

import React from "react";

import { AdminServices } from "../services";
import { keepSame } from "./keepSame";
import { Picture, takePicture } from "./picture";

const LOOK_EVERY_MS = 1000;

interface WatchingProps {
  readonly services: AdminServices;
  readonly draw: (picture: Picture) => React.ReactElement;
}

export class Watching extends React.Component<WatchingProps, { readonly picture: Picture }> {
  state = { picture: takePicture(this.props.services) };
  private timer: ReturnType<typeof setInterval> | undefined;

  componentDidMount(): void {
    document.addEventListener("visibilitychange", this.beginOrRest);
    this.beginOrRest();
  }

  componentWillUnmount(): void {
    document.removeEventListener("visibilitychange", this.beginOrRest);
    this.rest();
  }

  shouldComponentUpdate(_: WatchingProps, { picture }: { readonly picture: Picture }): boolean {
    return picture !== this.state.picture;
  }

  render() {
    return this.props.draw(this.state.picture);
  }

  private readonly beginOrRest = () => {
    this.rest();
    if (document.visibilityState === "hidden") return;
    this.look();
    this.timer = setInterval(this.look, LOOK_EVERY_MS);
  };

  private rest(): void {
    if (this.timer !== undefined) clearInterval(this.timer);
    this.timer = undefined;
  }

  private readonly look = () => {
    const { services } = this.props;
    try {
      const { picture } = this.state;
      const next = keepSame(picture, takePicture(services, picture));
      if (next !== picture) this.setState({ picture: next });
    } catch (error) {
      services.report(error);
    }
  };
}
