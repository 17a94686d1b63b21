"""The review page: people confirm, reject and add codes in the browser, on their own machine."""
