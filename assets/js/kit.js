/* Each part of a page that Dash draws anew asks for its earlier changes to be forgotten, and each such request has every part look whether it
   concerns it: a page of 1,400 parts is looked through 1,300 times, which takes seconds. Nearly all of them have nothing to forget, and
   end here. See https://github.com/plotly/dash/issues/3846, which began it. */
(function () {
  "use strict";

  const RESET = "RESET_COMPONENT_STATE";
  let store;

  /* Whether anything is remembered of a part or of what stands in it, found the way Dash finds what it forgets. */
  function remembered(part) {
    const path = part.join(",");
    return Object.keys(store.getState().layoutHashes).some((changed) => changed.startsWith(path));
  }

  function spare(dispatch) {
    return (action) => (action.type === RESET && !remembered(action.payload.itempath) ? action : dispatch(action));
  }

  Object.defineProperty(window, "store", {
    get: () => store,
    set: function (made) {
      store = made;
      store.dispatch = spare(store.dispatch);
    },
  });
})();
