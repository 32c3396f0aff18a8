"""What all pages share: decorators of views, the page cache, parameters, forms."""
