global using MhdNet.Tests;
global using Xunit;
